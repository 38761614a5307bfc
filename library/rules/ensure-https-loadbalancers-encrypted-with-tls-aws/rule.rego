# METADATA
# title: AWS load balancers without a certificate
# description: Finds Services of type LoadBalancer that offer port 443 but have the load balancer speak plain HTTP there.
# scope: package
# custom:
#   kinds: [Service]
#   clouds: [EKS]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some service in input
	service.spec.type == "LoadBalancer"
	not has_certificate(service)
	some port in service.spec.ports
	sprintf("%v", [port.port]) == "443"
	ends_in_plain_text(service, port)
	finding := {
		"alertMessage": sprintf("%s offers port 443 without a certificate", [workload.label(service)]),
		"alertObject": {"k8sApiObjects": [service]},
		"failedPaths": [],
		"reviewPaths": [],
		"deletePaths": [],
		"fixPaths": [{
			"path": "metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-ssl-cert']",
			"choose": "The ARN of a certificate in AWS Certificate Manager for the names that this service is reached by.",
			"value": "AWS_LOADBALANCER_SSL_CERT",
		}],
	}
}

has_certificate(service) if annotation(service, "ssl-cert") != ""

annotation(service, name) := service.metadata.annotations[sprintf("service.beta.kubernetes.io/aws-load-balancer-%s", [name])]

# Behind port 443 may be a pod that speaks TLS itself, such as an Ingress controller: then the load balancer only passes bytes on.
ends_in_plain_text(service, _) if lower(annotation(service, "backend-protocol")) == "http"

ends_in_plain_text(_, port) if sprintf("%v", [port.targetPort]) in {"80", "8080", "http", "web"}
