# METADATA
# title: Recommended labels
# description: Whether a workload and its pods carry at least one of the labels by which people find out what they are.
package holdfast.lib.recommended_label

import data.holdfast.lib.workload
import rego.v1

# One finding for a workload that lacks the labels, at itself or at its pods.
findings(obj, wanted) := [finding |
	places := [place.path | some place in labelled_places(obj); not labelled(place.labels, wanted)]
	count(places) > 0
	finding := {
		"alertMessage": sprintf("%s has none of the recommended labels at %s", [workload.label(obj), concat(" and ", places)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{
			"path": sprintf("%s.labels[%s]", [place, label_to_set(wanted)]),
			"choose": "what this label says of the workload, such as the name of the application",
		} |
			some place in places
		],
	}
]

# Where labels belong: the workload's own metadata, and those of the pods that it makes.
labelled_places(obj) := [{"path": "metadata", "labels": labels_of(obj)}] if obj.kind == "Pod"

else := [
	{"path": "metadata", "labels": labels_of(obj)},
	{"path": sprintf("%s.metadata", [trim_suffix(workload.pod_path(obj), ".spec")]), "labels": labels_of(pod_template(obj))},
]

pod_template(obj) := obj.spec.jobTemplate.spec.template if obj.kind == "CronJob"

else := obj.spec.template

labels_of(obj) := object.get(obj, ["metadata", "labels"], {})

labelled(labels, wanted) if {
	some label in wanted
	labels[label]
}

# Where no label is recommended, any will do.
labelled(labels, wanted) if {
	count(wanted) == 0
	count(labels) > 0
}

label_to_set(wanted) := label if label := wanted[0]

else := "YOUR_LABEL"
