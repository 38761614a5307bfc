# METADATA
# title: CronJobs
# description: Every CronJob, so that somebody confirms that it is meant to be there.
# scope: package
# custom:
#   kinds: ["*/CronJob"]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "CronJob"
	finding := {
		"alertMessage": sprintf("%s runs on a schedule", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"noFix": "Only somebody who knows what it is for can tell whether it is meant to be there: keep it as an exception, or delete it.",
	}
}
