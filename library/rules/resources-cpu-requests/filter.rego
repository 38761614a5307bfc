# METADATA
# title: What is judged
# description: Workloads; a LimitRange only says what holds for them.
# scope: package
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	workload.pod_spec(obj)
}
