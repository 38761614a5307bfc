# METADATA
# title: Writable root file systems
# description: Containers that may write to the file system of their image.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not container.securityContext.readOnlyRootFilesystem == true
	path := sprintf("%s.securityContext.readOnlyRootFilesystem", [workload.container_path(obj, list, i)])
	finding := object.union(workload.repair(list, [{"path": path, "value": true}]), {
		"alertMessage": sprintf("%s can write to its root file system", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}
