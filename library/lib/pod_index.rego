# METADATA
# title: Pods by label
# description: Finds the workloads whose pods a selector selects, without looking at those of other namespaces or with other labels.
package holdfast.lib.pod_index

import data.holdfast.lib.network_policy
import data.holdfast.lib.selector
import data.holdfast.lib.workload
import rego.v1

# Whether a selector of matchLabels and matchExpressions selects pods of any workload of the namespace.
has_selected(namespace, pod_selector) if {
	some place in candidates(namespace, pod_selector)
	selector.selects(pod_selector, network_policy.own_labels(input[place]))
}

# Only workloads with the first of the required labels can be selected; without one, all of the namespace.
candidates(namespace, pod_selector) := object.get(by_label, label, []) if label := first_required(namespace, pod_selector)

else := object.get(by_namespace, namespace, [])

first_required(namespace, pod_selector) := keys[0] if {
	keys := [label_key(namespace, key, value) | some key, value in pod_selector.matchLabels]
}

# Complete documents, so that they are made once and not label by label.
by_label := collected_by_label

collected_by_label[label_key(workload.namespace(obj), key, value)] contains place if {
	some place, obj in input
	workload.pod_spec(obj)
	some key, value in network_policy.own_labels(obj)
}

by_namespace := collected_by_namespace

collected_by_namespace[workload.namespace(obj)] contains place if {
	some place, obj in input
	workload.pod_spec(obj)
}

# A label of a namespace as a key of an index.
label_key(namespace, key, value) := sprintf("%v %v=%v", [namespace, key, value])
