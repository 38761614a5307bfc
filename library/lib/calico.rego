# METADATA
# title: Calico's network policies
# description: What a NetworkPolicy or GlobalNetworkPolicy of Calico does to the pods it selects, in the terms of lib/network_policy.
package holdfast.lib.calico

import rego.v1

# One effect for each alternative of the policy's selectors. https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
effects(policy) := [effect |
	spec := object.get(policy, "spec", {})
	object.get(spec, "serviceAccountSelector", "") in {"", "all()", null}
	some pods in alternatives(expression(spec, "selector"))
	some namespaces in alternatives(expression(spec, "namespaceSelector"))
	on_pods := [object.union(term, {"key": pod_key(term.key)}) | some term in namespaces]
	count(on_pods) == count(namespaces)
	effect := {
		"selector": {"matchExpressions": array.concat(pods, on_pods)},
		"isolates": isolated_by(spec),
		"opens": opened_by(spec),
	}
]

expression(spec, field) := spec[field] if is_string(spec[field])

else := ""

isolated_by(spec) := {lower(type) | some type in spec.types} if count(spec.types) > 0

else := {"ingress", "egress"} if {
	count(spec.ingress) > 0
	count(spec.egress) > 0
}

else := {"egress"} if count(spec.egress) > 0

else := {"ingress"}

# A rule that says nothing but Allow allows everything.
opened_by(spec) := {direction |
	some direction in ["ingress", "egress"]
	some rule in spec[direction]
	rule.action == "Allow"
	{field | some field, value in rule; not value in {null, {}, []}} == {"action"}
}

# An expression of Calico's selector language as alternatives, each a list of matchExpressions. An alternative with a part
# that has no counterpart there (brackets, negation, parts of words) is left out: whom it selects can't be told.
alternatives(expression) := [terms |
	some alternative in split(expression, "||")
	parts := [trim_space(part) | some part in split(alternative, "&&")]
	known := [read_part(part) | some part in parts]
	count(known) == count(parts)
	terms := [term | some list in known; some term in list]
]

read_part(part) := [] if part in {"", "all()"}

read_part(part) := [{"key": found[0][1], "operator": "Exists"}] if found := regex.find_all_string_submatch_n(`^has\(\s*([^\s)]+)\s*\)$`, part, 1)

read_part(part) := [{"key": found[0][1], "operator": {"==": "In", "!=": "NotIn"}[found[0][2]], "values": [found[0][3]]}] if found := regex.find_all_string_submatch_n(`^([^\s!=]+)\s*([!=]=)\s*["']([^"']*)["']$`, part, 1)

read_part(part) := [{"key": found[0][1], "operator": {"": "In", "not ": "NotIn"}[found[0][2]], "values": quoted(found[0][3])}] if found := regex.find_all_string_submatch_n(`^(\S+)\s+(not )?in\s*\{([^}]*)\}$`, part, 1)

quoted(list) := [trim(word, " \"'") | some word in split(list, ",")]

# Namespaces are known by their name alone: an alternative that looks at other labels of theirs is left out too.
pod_key(key) := "projectcalico.org/namespace" if key in {"projectcalico.org/name", "kubernetes.io/metadata.name"}
