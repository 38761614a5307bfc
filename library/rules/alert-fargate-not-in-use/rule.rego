# METADATA
# title: Clusters without Fargate
# description: Finds the nodes of a cluster in which no pod has a machine of its own by Fargate.
# scope: package
# custom:
#   kinds: [Node]
#   needs: node-objects
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	not uses_fargate(input)
	some node in input
	node.kind == "Node"
	finding := {
		"alertMessage": sprintf("%s runs the pods of all who use the cluster: none is on Fargate", [workload.label(node)]),
		"alertObject": {"k8sApiObjects": [node]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Which workloads aren't trusted is for a person to say: give them a namespace, and a Fargate profile that selects it.",
	}
}

uses_fargate(nodes) if nodes[_].metadata.labels["eks.amazonaws.com/compute-type"] == "fargate"

uses_fargate(nodes) if startswith(nodes[_].metadata.name, "fargate-")
