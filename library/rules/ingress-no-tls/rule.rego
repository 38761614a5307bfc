# METADATA
# title: Ingresses without TLS
# description: Ingresses that name no certificate, so that they answer in plain text.
# scope: package
# custom:
#   kinds: [networking.k8s.io/Ingress]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "Ingress"
	not has_tls(obj)
	not certified_elsewhere(obj)
	finding := {
		"alertMessage": sprintf("%s names no certificate", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": "spec.tls", "choose": "the hosts, and the Secret that holds their certificate", "value": "<your-tls-definition>"}],
	}
}

has_tls(ingress) if count(ingress.spec.tls) > 0

# Controllers of clouds take the certificate from their provider.
certified_elsewhere(ingress) if {
	some annotation in [
		"alb.ingress.kubernetes.io/certificate-arn",
		"networking.gke.io/managed-certificates",
		"networking.gke.io/pre-shared-cert",
		"ingress.gcp.kubernetes.io/pre-shared-cert",
		"appgw.ingress.kubernetes.io/appgw-ssl-certificate",
	]
	ingress.metadata.annotations[annotation] != ""
}
