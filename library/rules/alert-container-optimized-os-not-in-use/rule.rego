# METADATA
# title: Nodes with a general operating system
# description: Finds nodes that run an operating system which isn't made for containers alone.
# scope: package
# custom:
#   kinds: [Node]
#   needs: node-objects
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some node in input
	node.kind == "Node"
	not node.status.nodeInfo.osImage in {"", null}
	not is_made_for_containers(node)
	not is_fargate(node)
	finding := {
		"alertMessage": sprintf("%s runs %v, which isn't made for containers alone", [workload.label(node), node.status.nodeInfo.osImage]),
		"alertObject": {"k8sApiObjects": [node]},
		"failedPaths": ["status.nodeInfo.osImage"],
		"reviewPaths": ["status.nodeInfo.osImage"],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "A node can't change its system: make a node group with Bottlerocket, drain this one and delete it.",
	}
}

is_made_for_containers(node) if regex.match(`(?i)bottlerocket|container-optimized|flatcar|talos|coreos`, node.status.nodeInfo.osImage)

# AWS chooses and patches the system there.
is_fargate(node) if node.metadata.labels["eks.amazonaws.com/compute-type"] == "fargate"
