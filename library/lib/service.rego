# METADATA
# title: Services
# description: Which Services lead to a workload's pods, and which of them are open to callers from outside the cluster.
package holdfast.lib.service

import data.holdfast.lib.network_policy
import data.holdfast.lib.pod_index
import data.holdfast.lib.selector
import data.holdfast.lib.workload
import rego.v1

# The Services that lead to a workload's pods: those of its namespace whose selector its pods satisfy.
leading_to(obj) := [service |
	labels := network_policy.own_labels(obj)
	namespace := workload.namespace(obj)
	some key, value in labels
	some place in object.get(by_label, pod_index.label_key(namespace, key, value), [])
	service := input[place]
	every wanted, chosen in service.spec.selector {
		labels[wanted] == chosen
	}
]

# The first label of each selector leads to the Service. A complete document, so that it is made once.
by_label := collected

collected[pod_index.label_key(workload.namespace(service), labels[0].key, labels[0].value)] contains place if {
	some place, service in input
	selects_pods(service)
	labels := [{"key": key, "value": value} | some key, value in service.spec.selector]
}

# The workloads to whose pods a Service leads: those of its namespace that satisfy its selector.
behind(service) := [obj |
	selects_pods(service)
	pods := {"matchLabels": service.spec.selector}
	some place in pod_index.candidates(workload.namespace(service), pods)
	obj := input[place]
	selector.selects(pods, network_policy.own_labels(obj))
]

# Whether a Service finds its pods by a selector. That of an ExternalName is ignored, and one without selector has its
# endpoints written by others.
selects_pods(service) if {
	service.kind == "Service"
	not service.spec.type == "ExternalName"
	is_object(service.spec.selector)
	count(service.spec.selector) > 0
}

# Whether callers from outside the cluster reach a Service by itself. A load balancer that asks for a private address, or
# was given only such, serves the inside of a network. One that still waits for its address counts.
exposed(service) if service.spec.type == "NodePort"

exposed(service) if {
	service.spec.type == "LoadBalancer"
	not kept_inside(service)
	not privately_addressed(service)
}

exposed(service) if {
	some address in service.spec.externalIPs
	not private(address)
}

# Whether a load balancer was given addresses, and none that the internet reaches.
privately_addressed(service) if {
	count(service.status.loadBalancer.ingress) > 0
	not has_public_address(service)
}

# Whether a load balancer was given an address that the internet reaches. A host name counts where there is no number.
has_public_address(service) if {
	some entry in service.status.loadBalancer.ingress
	addresses := [address | some field in ["ip", "hostname"]; address := entry[field]; not address in {"", null}]
	not private(addresses[0])
}

# Addresses that are not routed on the internet: RFC 1918, RFC 6598, link-local, loopback and unique local ones.
private(address) if {
	regex.match(`^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]*:|fe80:)`, lower(address))
}

# Annotations by which the providers' controllers are asked for a load balancer inside the network.
kept_inside(service) if {
	some name, wanted in {
		"service.beta.kubernetes.io/aws-load-balancer-internal": {"true", "0.0.0.0/0"},
		"service.beta.kubernetes.io/aws-load-balancer-scheme": {"internal"},
		"service.beta.kubernetes.io/azure-load-balancer-internal": {"true"},
		"networking.gke.io/load-balancer-type": {"internal"},
		"cloud.google.com/load-balancer-type": {"internal"},
	}
	lower(service.metadata.annotations[name]) in wanted
}

# "Service shop/web", for messages.
label(service) := sprintf("Service %v/%v", [workload.namespace(service), service.metadata.name])
