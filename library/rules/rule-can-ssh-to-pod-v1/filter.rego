# METADATA
# title: Workloads
# description: Counts workloads as judged, not what they are judged by.
# scope: package
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	workload.pod_spec(obj)
}
