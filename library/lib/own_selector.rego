# METADATA
# title: Selectors of workloads
# description: The selector by which a workload finds its own pods, part by part.
package holdfast.lib.own_selector

import rego.v1

# The parts that the selector has, with their paths. That of a ReplicationController is plain labels.
parts(obj) := {"matchLabels": "spec.selector"} if {
	obj.kind == "ReplicationController"
	obj.spec.selector
}

else := {part: sprintf("%s.%s", [path(obj), part]) |
	some part in ["matchLabels", "matchExpressions"]
	whole(obj)[part]
}

# A selector of that part alone.
requirements(obj, "matchLabels") := {"matchLabels": obj.spec.selector} if obj.kind == "ReplicationController"

else := {"matchLabels": whole(obj).matchLabels}

requirements(obj, "matchExpressions") := {"matchExpressions": whole(obj).matchExpressions}

# The jobs of a CronJob have the selector, not the CronJob itself.
whole(obj) := obj.spec.jobTemplate.spec.selector if obj.kind == "CronJob"

whole(obj) := obj.spec.selector if obj.kind != "CronJob"

path(obj) := "spec.jobTemplate.spec.selector" if obj.kind == "CronJob"

else := "spec.selector"
