# METADATA
# title: Writable folders of the node in pods
# description: Containers that may write to a volume of the type hostPath.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.host_path
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some volume in host_path.volumes(obj)
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	some j, mount in container.volumeMounts
	mount.name == volume.name
	not mount.readOnly == true
	path := host_path.mount_path(obj, list, i, j)
	finding := object.union(change(list, path), {
		"alertMessage": sprintf("%s may write to its node through volume %v", [workload.container_label(obj, container), mount.name]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

# What can't be changed any more is shown where it stands.
change("ephemeralContainers", path) := object.union({"failedPaths": [path]}, workload.repair("ephemeralContainers", []))

change(list, path) := workload.repair(list, [{"path": sprintf("%s.readOnly", [path]), "value": true}]) if list in workload.lasting_lists
