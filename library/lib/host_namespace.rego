# METADATA
# title: Namespaces of the node
# description: Pods that share a namespace of their node instead of having their own.
package holdfast.lib.host_namespace

import data.holdfast.lib.workload
import rego.v1

# The workloads that switch a field of their pod on: hostPID, hostIPC. One finding each.
findings(field) := {finding |
	some obj in input
	workload.pod_spec(obj)[field] == true
	finding := {
		"alertMessage": sprintf("%s shares its node through %s", [workload.label(obj), field]),
		"alertObject": {"k8sApiObjects": [obj]},
		"deletePaths": [sprintf("%s.%s", [workload.pod_path(obj), field])],
	}
}
