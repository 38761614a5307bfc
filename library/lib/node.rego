# METADATA
# title: Nodes
# description: What the Node objects say about the machines.
package holdfast.lib.node

import rego.v1

# The versions of all kubelets as numbers: v1.20.7-gke.300 is [1, 20, 7].
kubelet_versions contains version if {
	some obj in input
	obj.kind == "Node"
	plain := split(split(trim_prefix(obj.status.nodeInfo.kubeletVersion, "v"), "-")[0], "+")[0]
	version := [to_number(part) | some part in split(plain, ".")]
	count(version) == 3
}
