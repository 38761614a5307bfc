# METADATA
# title: Accounts without policies to review
# description: Finds descriptions of AWS policies that hold none, so that nothing limits or shows who may change Amazon ECR.
# scope: package
# custom:
#   kinds: [eks.amazonaws.com/PolicyVersion]
#   needs: cloud
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.cloud
import rego.v1

deny contains finding if {
	some policies in input
	not has_documents(policies)
	finding := cloud.finding(
		policies,
		sprintf("No policy documents were found for %s", [cloud.label(policies)]),
		"write IAM policies that say who may push to Amazon ECR, attach them to groups, and list them with aws iam list-policies --only-attached",
	)
}

has_documents(policies) if count(policies.data.policiesDocuments) > 0
