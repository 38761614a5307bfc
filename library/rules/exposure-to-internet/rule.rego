# METADATA
# title: Workloads open to the outside
# description: Finds workloads that callers from outside the cluster reach through a Service or an Ingress.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service, networking.k8s.io/Ingress]
package armo_builtins

import data.holdfast.lib.exposure
import data.holdfast.lib.ingress
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some one in input
	service.exposed(one)
	some obj in service.behind(one)
	finding := exposure.finding(obj, one, [])
}

deny contains finding if {
	some route in input
	route.kind == "Ingress"
	some backend in ingress.backends(route)
	some reached in exposure.behind(workload.namespace(route), backend.name)
	finding := exposure.finding(reached.workload, reached.service, [{"object": route, "failedPaths": [], "reviewPaths": [backend.path]}])
}
