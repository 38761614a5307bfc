# METADATA
# title: What is judged
# description: Workloads, where the version of a kubelet is known; a Node only says which kubelet they may meet.
# scope: package
package armo_builtins

import data.holdfast.lib.node
import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	count(node.kubelet_versions) > 0
	some obj in input
	workload.pod_spec(obj)
}
