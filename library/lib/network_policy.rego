# METADATA
# title: Network policies
# description: Which pods the estate's network policies select, and in which directions they isolate them.
package holdfast.lib.network_policy

import rego.v1

import data.holdfast.lib.calico
import data.holdfast.lib.cilium
import data.holdfast.lib.selector
import data.holdfast.lib.service_account
import data.holdfast.lib.workload

# What the policies of a namespace do, by namespace: {"selector": who, "isolates": directions, "opens": directions}.
# "isolates" are the directions in which a selected pod refuses what no policy allows; "opens" those in which the policy
# allows everything again. A complete document, so that it is made once and not namespace by namespace.
effects := collected

collected[namespace] contains effect if {
	some policy in input
	some effect in namespaced_effects(policy)
	namespace := workload.namespace(policy)
}

# The same of policies that hold in every namespace.
cluster_effects contains effect if {
	some policy in input
	some effect in clusterwide_effects(policy)
}

namespaced_effects(policy) := [{
	"selector": object.get(spec, "podSelector", {}),
	"isolates": isolated_by(spec),
	"opens": opened_by(spec),
}] if {
	policy.kind == "NetworkPolicy"
	startswith(policy.apiVersion, "networking.k8s.io/")
	spec := object.get(policy, "spec", {})
}

namespaced_effects(policy) := cilium.effects(policy) if policy.kind == "CiliumNetworkPolicy"

namespaced_effects(policy) := calico.effects(policy) if {
	policy.kind == "NetworkPolicy"
	contains(policy.apiVersion, "projectcalico.org/")
}

clusterwide_effects(policy) := cilium.effects(policy) if policy.kind == "CiliumClusterwideNetworkPolicy"

clusterwide_effects(policy) := calico.effects(policy) if policy.kind == "GlobalNetworkPolicy"

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

# The directions in which policies isolate a workload's pods, and none opens them again.
closed_directions(obj) := {direction | some effect in on_pods; some direction in effect.isolates; not direction in opened} if {
	namespace := workload.namespace(obj)
	labels := pod_labels(obj, namespace)
	on_pods := array.concat(
		[effect | some effect in effects[namespace]; selector.selects(effect.selector, labels)],
		[effect | some effect in cluster_effects; selector.selects(effect.selector, labels)],
	)
	opened := {direction | some effect in on_pods; some direction in effect.opens}
}

# The labels that selectors see of a workload's pods: their own, and what Cilium and Calico add.
pod_labels(obj, namespace) := object.union(own_labels(obj), object.union(namespace_labels(namespace), {
	"io.cilium.k8s.policy.serviceaccount": account,
	"projectcalico.org/serviceaccount": account,
	"projectcalico.org/orchestrator": "k8s",
})) if {
	account := service_account.account_name(workload.pod_spec(obj))
}

own_labels(obj) := labels if {
	labels := template(obj).metadata.labels
	is_object(labels)
}

else := {}

template(obj) := obj if obj.kind == "Pod"

else := obj.spec.jobTemplate.spec.template if obj.kind == "CronJob"

else := obj.spec.template

# Those of them that all pods of a namespace have.
namespace_labels(namespace) := {key: namespace | some key in namespace_keys}

namespace_keys := {
	"io.kubernetes.pod.namespace",
	"io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name",
	"projectcalico.org/namespace",
}

# Whether a namespace has a policy of its own.
governed(namespace) if count(effects[namespace]) > 0

# Whether a cluster-wide policy isolates every pod of a namespace, whatever its labels.
governed(namespace) if {
	some effect in cluster_effects
	every key in selector.keys(effect.selector) {
		key in namespace_keys
	}
	selector.selects(effect.selector, namespace_labels(namespace))
}

# Whether any policy is about a workload's pods, whatever it allows them.
selected(obj) if {
	labels := pod_labels(obj, workload.namespace(obj))
	some pods in object.get(selectors, workload.namespace(obj), [])
	selector.selects(pods, labels)
}

selected(obj) if {
	labels := pod_labels(obj, workload.namespace(obj))
	some pods in cluster_selectors
	selector.selects(pods, labels)
}

# The selectors of all policies, by the namespace of these. A complete document, so that it is made once.
selectors := collected_selectors

collected_selectors[workload.namespace(policy)] contains pods if {
	some policy in input
	policy.kind == "CiliumNetworkPolicy"
	some pods in cilium.selectors(policy)
}

collected_selectors[namespace] contains effect.selector if {
	some namespace, of_namespace in effects
	some effect in of_namespace
}

cluster_selectors contains pods if {
	some policy in input
	policy.kind == "CiliumClusterwideNetworkPolicy"
	some pods in cilium.selectors(policy)
}

cluster_selectors contains effect.selector if some effect in cluster_effects
