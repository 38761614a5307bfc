# METADATA
# title: Workloads open to the outside through the Gateway API
# description: Finds workloads to which a route of a Gateway leads.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service, gateway.networking.k8s.io/HTTPRoute, gateway.networking.k8s.io/GRPCRoute, gateway.networking.k8s.io/TLSRoute, gateway.networking.k8s.io/TCPRoute, gateway.networking.k8s.io/UDPRoute]
package armo_builtins

import data.holdfast.lib.exposure
import data.holdfast.lib.gateway_route
import rego.v1

deny contains finding if {
	some route in input
	gateway_route.is_route(route)
	gateway_route.attached_to_gateway(route)
	some backend in gateway_route.backends(route)
	some reached in exposure.behind(backend.namespace, backend.name)
	finding := exposure.finding(reached.workload, reached.service, [{"object": route, "failedPaths": [], "reviewPaths": [backend.path]}])
}
