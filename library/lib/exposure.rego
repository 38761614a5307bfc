# METADATA
# title: Exposure
# description: The workloads behind a Service, and the finding that callers from outside reach them.
package holdfast.lib.exposure

import data.holdfast.lib.named_object
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

# {"workload", "service"}, one for each workload to which the Service of that name leads.
behind(namespace, name) := [reached |
	some one in named_object.objects("Service", namespace, name)
	some obj in service.behind(one)
	reached := {"workload": obj, "service": one}
]

# The finding about a workload that is reached through a Service, and what stands before it.
finding(obj, one, before) := {
	"alertMessage": sprintf("%s is reached from outside the cluster through %s", [workload.label(obj), route(one, before)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"failedPaths": [],
	"reviewPaths": [],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": "The workload itself needs no change: whether it should be reached from outside is decided where it is opened.",
	"relatedObjects": array.concat(before, [{"object": one, "failedPaths": [], "reviewPaths": ["spec.type"]}]),
}

route(one, before) := concat(", ", array.concat([workload.label(entry.object) | some entry in before], [service.label(one)]))
