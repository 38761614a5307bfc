# METADATA
# title: What is judged
# description: Workloads, as soon as the parameters list a registry. Until then there is nothing to judge them by.
# scope: package
package armo_builtins

import data.holdfast.lib.image_origin
import data.holdfast.lib.workload
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	count(image_origin.allowlist) > 0
	some obj in input
	workload.pod_spec(obj)
}
