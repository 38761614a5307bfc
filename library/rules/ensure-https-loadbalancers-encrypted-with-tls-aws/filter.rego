# METADATA
# title: What is judged
# description: Services that have a load balancer.
# scope: package
package armo_builtins

import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [service]}} if {
	some service in input
	service.kind == "Service"
	service.spec.type == "LoadBalancer"
}
