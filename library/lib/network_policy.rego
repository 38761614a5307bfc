# METADATA
# title: Network policies
# description: Which pods the estate's network policies select, and in which directions they isolate them.
package holdfast.lib.network_policy

import rego.v1

import data.holdfast.lib.workload

# What the policies of a namespace do, by namespace: {"selector": who, "isolates": directions, "opens": directions}.
# "isolates" are the directions in which a selected pod refuses what no policy allows; "opens" those in which the policy
# allows everything again.
effects[namespace] contains effect if {
	some policy in input
	policy.kind == "NetworkPolicy"
	startswith(policy.apiVersion, "networking.k8s.io/")
	spec := object.get(policy, "spec", {})
	effect := {
		"selector": object.get(spec, "podSelector", {}),
		"isolates": isolated_by(spec),
		"opens": opened_by(spec),
	}
	namespace := workload.namespace(policy)
}

effects[namespace] contains effect if {
	some policy in input
	policy.kind == "CiliumNetworkPolicy"
	some effect in cilium_effects(policy)
	namespace := workload.namespace(policy)
}

# The same of policies that hold in every namespace.
cluster_effects contains effect if {
	some policy in input
	policy.kind == "CiliumClusterwideNetworkPolicy"
	some effect in cilium_effects(policy)
}

# A NetworkPolicy that doesn't say its types is one of ingress, and of egress where it has egress rules.
isolated_by(spec) := {lower(type) | some type in spec.policyTypes} if count(spec.policyTypes) > 0

else := {"ingress", "egress"} if count(spec.egress) > 0

else := {"ingress"}

opened_by(spec) := {direction |
	some direction, peers in {"ingress": "from", "egress": "to"}
	some rule in spec[direction]
	not restricts(rule, peers)
	not restricts(rule, "ports")
}

# A missing or empty list of peers or ports means all of them.
restricts(rule, list) if count(rule[list]) > 0

# One effect for each rule of a Cilium policy that selects pods. Cilium isolates the direction that a rule has entries
# for; a rule counts for both here, as the suite has it (docs/differences.md). A rule may leave the default deny to others.
cilium_effects(policy) := [effect |
	some spec in cilium_specs(policy)
	isolates_with_cilium(spec)
	effect := {
		"selector": cilium_selector(spec.endpointSelector),
		"isolates": {"ingress", "egress"},
		"opens": set(),
	}
]

cilium_specs(policy) := array.concat([spec | spec := policy.spec; is_object(spec)], [spec | some spec in policy.specs])

isolates_with_cilium(spec) if {
	some direction in ["ingress", "egress"]
	some list in [direction, sprintf("%sDeny", [direction])]
	count(spec[list]) > 0
	object.get(spec, ["enableDefaultDeny", direction], true) != false
}

# Cilium's label sources k8s: and any: name the labels of the pod itself.
cilium_selector(selector) := {
	"matchLabels": {cilium_key(key): value | some key, value in selector.matchLabels},
	"matchExpressions": [object.union(expression, {"key": cilium_key(expression.key)}) | some expression in selector.matchExpressions],
}

cilium_key(key) := trim_prefix(trim_prefix(key, "k8s:"), "any:")

# Whether the policies isolate a pod in a direction, its labels as `pod_labels` gives them.
isolated(namespace, labels, direction) if {
	some effect in effects_on(namespace, labels)
	direction in effect.isolates
}

opened(namespace, labels, direction) if {
	some effect in effects_on(namespace, labels)
	direction in effect.opens
}

effects_on(namespace, labels) := array.concat(
	[effect | some effect in effects[namespace]; selects(effect.selector, labels)],
	[effect | some effect in cluster_effects; selects(effect.selector, labels)],
)

# A selector without requirements selects everything.
selects(selector, labels) if {
	every key, value in required_labels(selector) {
		labels[key] == value
	}
	every expression in required_expressions(selector) {
		satisfied(expression.operator, expression, labels)
	}
}

required_labels(selector) := selector.matchLabels if is_object(selector.matchLabels)

else := {}

required_expressions(selector) := selector.matchExpressions if is_array(selector.matchExpressions)

else := []

satisfied("In", expression, labels) if labels[expression.key] in expression.values

satisfied("NotIn", expression, labels) if not labels[expression.key] in expression.values

satisfied("Exists", expression, labels) if object.get(labels, expression.key, null) != null

satisfied("DoesNotExist", expression, labels) if object.get(labels, expression.key, null) == null

# The labels that selectors see of a workload's pods: their own, and what Cilium adds.
pod_labels(obj) := object.union(
	own_labels(obj),
	object.union(namespace_labels(workload.namespace(obj)), account_labels(workload.pod_spec(obj))),
)

own_labels(obj) := labels if {
	labels := template(obj).metadata.labels
	is_object(labels)
}

else := {}

template(obj) := obj if obj.kind == "Pod"

else := obj.spec.jobTemplate.spec.template if obj.kind == "CronJob"

else := obj.spec.template

namespace_labels(namespace) := {key: namespace | some key in namespace_keys}

namespace_keys := ["io.kubernetes.pod.namespace", "io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name"]

account_labels(spec) := {"io.cilium.k8s.policy.serviceaccount": object.get(spec, "serviceAccountName", "default")}

# Whether a namespace has a policy of its own.
governed(namespace) if count(effects[namespace]) > 0

# Whether a cluster-wide policy isolates every pod of a namespace, whatever its labels.
governed(namespace) if {
	some effect in cluster_effects
	covers(effect.selector, namespace)
}

covers(selector, namespace) if {
	every key, _ in required_labels(selector) {
		key in namespace_keys
	}
	every expression in required_expressions(selector) {
		expression.key in namespace_keys
	}
	selects(selector, namespace_labels(namespace))
}
