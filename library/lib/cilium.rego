# METADATA
# title: Cilium's network policies
# description: What a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy does to the pods it selects, in the terms of lib/network_policy.
package holdfast.lib.cilium

import rego.v1

# One effect for each rule of a policy that selects pods and denies by default. Cilium isolates the direction that a rule
# has entries for; a rule counts for both here, as the field does (docs/differences.md).
effects(policy) := [effect |
	some spec in specs(policy)
	denies_by_default(spec)
	effect := {
		"selector": plain_selector(spec.endpointSelector),
		"isolates": {"ingress", "egress"},
		"opens": set(),
	}
]

specs(policy) := array.concat([spec | spec := policy.spec], [spec | some spec in policy.specs])

# Entries of either list switch the direction to deny by default, unless the rule leaves that to others.
denies_by_default(spec) if {
	some direction in ["ingress", "egress"]
	some list in [direction, sprintf("%sDeny", [direction])]
	count(spec[list]) > 0
	object.get(spec, ["enableDefaultDeny", direction], true) != false
}

# The label sources k8s: and any: stand for the labels of the pod itself.
plain_selector(selector) := {"matchExpressions": array.concat(
	# As expressions, since a label may be asked for with two sources and two values.
	[{"key": plain_key(key), "operator": "In", "values": [value]} | some key, value in selector.matchLabels],
	[object.union(expression, {"key": plain_key(expression.key)}) | some expression in selector.matchExpressions],
)} if {
	is_object(selector)
}

plain_key(key) := trim_prefix(trim_prefix(key, "k8s:"), "any:")

# The selectors of all rules of a policy that are about pods, whatever they do to them.
selectors(policy) := [plain_selector(spec.endpointSelector) | some spec in specs(policy)]
