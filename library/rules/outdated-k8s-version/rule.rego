# METADATA
# title: Kubernetes past its support
# description: Finds nodes whose kubelet is of a version that gets no more fixes.
# scope: package
# custom:
#   kinds: [Node]
#   needs: node-objects
package armo_builtins

import data.holdfast.lib.version
import rego.v1

deny contains finding if {
	some node in input
	node.kind == "Node"
	release := node.status.nodeInfo.kubeletVersion

	# 1.34 is the oldest release that is counted as supported, as of autumn 2026.
	version.numbers(release) < [1, 34]
	finding := {
		"alertMessage": sprintf("Node %v runs Kubernetes %v, which gets no more fixes", [node.metadata.name, release]),
		"alertObject": {"k8sApiObjects": [node]},
		"failedPaths": [],
		"reviewPaths": ["status.nodeInfo.kubeletVersion"],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "A cluster is updated release by release, the control plane before its nodes: no change of this object does it.",
	}
}
