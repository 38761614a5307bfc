# METADATA
# title: What is judged
# description: Workloads, but for those that run on Windows, where the API refuses these settings.
# scope: package
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
}
