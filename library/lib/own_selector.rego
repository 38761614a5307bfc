# METADATA
# title: Selectors of workloads
# description: The selector by which a workload finds its own pods, part by part.
package holdfast.lib.own_selector

import rego.v1

# The parts that the selector has: where each stands, and a selector of that part alone. That of a ReplicationController is plain labels.
parts(obj) := [{"path": "spec.selector", "selector": {"matchLabels": labels}}] if {
	obj.kind == "ReplicationController"
	labels := obj.spec.selector
}

else := [{"path": sprintf("%s.%s", [path(obj), part]), "selector": {part: requirements}} |
	some part in ["matchLabels", "matchExpressions"]
	requirements := whole(obj)[part]
]

# The jobs of a CronJob have the selector, not the CronJob itself.
whole(obj) := obj.spec.jobTemplate.spec.selector if obj.kind == "CronJob"

whole(obj) := obj.spec.selector if obj.kind != "CronJob"

path(obj) := "spec.jobTemplate.spec.selector" if obj.kind == "CronJob"

else := "spec.selector"
