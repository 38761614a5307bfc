# METADATA
# title: Labels of pods
# description: Where a workload states the labels of its pods, and the selector that finds them.
package holdfast.lib.pod_labels

import rego.v1

# The path of the labels.
path(obj) := "metadata.labels" if obj.kind == "Pod"

else := "spec.jobTemplate.spec.template.metadata.labels" if obj.kind == "CronJob"

else := "spec.template.metadata.labels"

# The path of the selector's labels; that of the pod's labels where there is no such selector.
selector_path(obj) := "spec.selector.matchLabels" if obj.spec.selector.matchLabels

else := path(obj)
