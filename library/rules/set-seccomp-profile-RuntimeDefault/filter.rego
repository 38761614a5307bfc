# METADATA
# title: What is judged
# description: Windows has no seccomp.
# scope: package
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	not workload.windows(workload.pod_spec(obj))
}
