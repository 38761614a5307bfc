# METADATA
# title: Workloads open to the outside through Istio
# description: Finds workloads to which a VirtualService leads from a Gateway that callers from outside the cluster reach.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service, networking.istio.io/VirtualService, networking.istio.io/Gateway]
package armo_builtins

import data.holdfast.lib.exposure
import data.holdfast.lib.istio
import rego.v1

deny contains finding if {
	some virtual_service in input
	istio.is_virtual_service(virtual_service)
	some gateway in istio.gateways(virtual_service)
	some entrance in istio.entrances(gateway)
	some destination in istio.destinations(virtual_service)
	some reached in exposure.behind(destination.namespace, destination.name)
	finding := exposure.finding(reached.workload, reached.service, [
		{"object": entrance, "failedPaths": [], "reviewPaths": ["spec.type"]},
		{"object": gateway, "failedPaths": [], "reviewPaths": ["spec.servers"]},
		{"object": virtual_service, "failedPaths": [], "reviewPaths": [destination.path]},
	])
}
