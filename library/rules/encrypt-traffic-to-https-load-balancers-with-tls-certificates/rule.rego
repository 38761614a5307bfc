# METADATA
# title: Traffic to load balancers without TLS
# description: Finds Ingresses without TLS, and Services that open a port to the outside before any TLS.
# scope: package
# custom:
#   kinds: [Service, networking.k8s.io/Ingress]
#   clouds: [AKS]
package armo_builtins

import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "Ingress"
	not has_tls(obj)
	finding := object.union(report(obj, "serves HTTP only", ["spec.tls"], []), {"noFix": "A certificate and the names it holds for must come from a person: a Secret of type kubernetes.io/tls, or cert-manager, under spec.tls."})
}

deny contains finding if {
	some obj in input
	obj.kind == "Service"
	obj.spec.type == "LoadBalancer"
	not obj.metadata.annotations[internal_annotation(obj)] == "true"
	fix := {"path": sprintf("metadata.annotations[%s]", [internal_annotation(obj)]), "value": "true"}
	finding := report(obj, "gets a load balancer with a public address", [], [fix])
}

deny contains finding if {
	some obj in input
	obj.kind == "Service"
	obj.spec.type == "NodePort"
	finding := object.union(report(obj, "opens a port of every node without a load balancer or an Ingress before it", [], []), {"noFix": "Which way in is right is for a person to say: spec.type ClusterIP with an Ingress that has TLS before it, or an internal LoadBalancer."})
}

has_tls(ingress) if count(ingress.spec.tls) > 0

# The annotation that makes a load balancer of AKS an internal one.
internal_annotation(_) := "service.beta.kubernetes.io/azure-load-balancer-internal"

report(obj, fault, paths, fixes) := {
	"alertMessage": sprintf("%s %s %s", [obj.kind, obj.metadata.name, fault]),
	"alertObject": {"k8sApiObjects": [obj]},
	"failedPaths": paths,
	"reviewPaths": paths,
	"deletePaths": [],
	"fixPaths": fixes,
}
