# METADATA
# title: Pod Security Admission
# description: Which Pod Security Standard a namespace enforces, and whether something else watches over its pods.
package holdfast.lib.pod_security_admission

import data.holdfast.lib.selector
import data.holdfast.lib.workload
import rego.v1

label_path := "metadata.labels[pod-security.kubernetes.io/enforce]"

# The levels that are at least as strict as a level.
at_least := {"baseline": {"baseline", "restricted"}, "restricted": {"restricted"}}

# Whether a namespace refuses pods below a level. Its labels for warnings and audit refuse nothing.
enforces(namespace, level) if namespace.metadata.labels["pod-security.kubernetes.io/enforce"] in at_least[level]

# One finding for each namespace that admits pods below a level.
findings_below(level) := {finding |
	some namespace in input
	namespace.kind == "Namespace"
	not enforces(namespace, level)
	fix := {
		"path": label_path,
		"value": level,
		"choose": sprintf("%s, once the label pod-security.kubernetes.io/warn shows that none of its pods would be refused", [level]),
	}
	finding := object.union(repair(namespace, fix), {
		"alertMessage": sprintf("%s doesn't enforce the Pod Security Standard %s", [workload.label(namespace), level]),
		"alertObject": {"k8sApiObjects": [namespace]},
	})
}

# One finding for each namespace that admits any pod, unless a webhook of these kinds or a bound policy watches over it.
findings_uncontrolled(kinds) := {finding |
	some namespace in input
	namespace.kind == "Namespace"
	not enforces(namespace, "baseline")
	not watched(namespace, kinds)
	fix := {
		"path": label_path,
		"choose": "restricted where its pods allow it, else baseline; try it first with the label pod-security.kubernetes.io/warn",
	}
	finding := object.union(repair(namespace, fix), {
		"alertMessage": sprintf("%s admits any pod: neither a Pod Security Standard nor another policy holds there", [workload.label(namespace)]),
		"alertObject": {"k8sApiObjects": [namespace]},
	})
}

# The network plug-in, kube-proxy and the like can't run without what the standards forbid.
repair(namespace, fix) := {"fixPaths": [fix]} if not namespace.metadata.name == "kube-system"

else := {"noFix": "A level here would refuse the cluster's own components. Move what isn't one of them to another namespace, and let a policy engine that knows exceptions watch over the rest."}

# Whether something is asked about pods that are made in a namespace: a webhook of one of the kinds.
watched(namespace, kinds) if {
	some configuration in input
	configuration.kind in kinds
	some webhook in configuration.webhooks
	some rule in webhook.rules
	asked_about_pods(rule)
	selects(webhook, namespace)
}

# Whether a ValidatingAdmissionPolicy that is bound so that it denies looks at pods that are made there.
watched(namespace, _) if {
	some policy in input
	policy.kind == "ValidatingAdmissionPolicy"
	constraints := policy.spec.matchConstraints
	some rule in constraints.resourceRules
	asked_about_pods(rule)
	selects(constraints, namespace)
	some binding in input
	binding.kind == "ValidatingAdmissionPolicyBinding"
	binding.spec.policyName == policy.metadata.name
	"Deny" in binding.spec.validationActions
	bound_to(binding.spec, namespace)
}

# Whether what has a namespaceSelector, or none, holds in a namespace.
selects(holder, namespace) if selector.selects(object.get(holder, "namespaceSelector", {}), namespace_labels(namespace))

# A binding without matchResources holds wherever its policy does.
bound_to(spec, _) if object.get(spec, "matchResources", null) == null

bound_to(spec, namespace) if selects(spec.matchResources, namespace)

asked_about_pods(rule) if {
	object.get(rule, "scope", "*") in {"*", "Namespaced", "", null}
	names_any(rule.apiGroups, {"", "*"})
	names_any(rule.resources, {"pods", "pods/*", "*", "*/*"})
	names_any(rule.operations, {"CREATE", "*"})
}

names_any(list, names) if {
	some name in list
	name in names
}

# The labels of a namespace, with the one that the API server adds.
namespace_labels(namespace) := object.union(
	own_labels(namespace),
	{"kubernetes.io/metadata.name": namespace.metadata.name},
)

own_labels(namespace) := labels if {
	labels := namespace.metadata.labels
	is_object(labels)
}

else := {}
