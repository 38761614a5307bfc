# METADATA
# title: Nodes with wrong rights over Amazon ECR
# description: Finds roles of EKS nodes that can't pull images from Amazon ECR, or may change what is in it.
# scope: package
# custom:
#   kinds: [eks.amazonaws.com/ListEntitiesForPolicies, eks.amazonaws.com/PolicyVersion]
#   needs: cloud
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.aws_policy
import data.holdfast.lib.cloud
import rego.v1

deny contains finding if {
	some entities in input
	some role in node_roles(entities)
	documents := {document | some arn in policies_of(entities, role); document := documents_by_arn(arn)[_]}
	some fault in faults(documents)
	finding := cloud.finding(
		entities,
		sprintf("The role %s of nodes %s", [role, fault]),
		"attach AmazonEC2ContainerRegistryReadOnly or AmazonEC2ContainerRegistryPullOnly to the role of the nodes, and detach what allows more",
	)
}

# eksctl and the templates of AWS name the role of nodes like this.
node_roles(entities) := {role.RoleName |
	some attached in entities.data.rolesPolicies
	some role in attached.PolicyRoles
	contains(role.RoleName, "NodeInstanceRole")
}

policies_of(entities, name) := {arn |
	some arn, attached in entities.data.rolesPolicies
	some role in attached.PolicyRoles
	role.RoleName == name
}

documents_by_arn(arn) := {document |
	some policies in input
	document := policies.data.policiesDocuments[arn]
}

faults(documents) := {sprintf("can't pull images: %s isn't allowed", [action]) |
	some action in ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
	not aws_policy.permits(documents, action)
} | {sprintf("may change the registry: %s is allowed", [action]) |
	some document in documents
	some action in aws_policy.allowed(document)
	regex.match(`(?i)^(ecr:|\*$)`, action)
	not regex.match(`(?i)^ecr:(get|list|describe|batchget|batchcheck)`, action)
}
