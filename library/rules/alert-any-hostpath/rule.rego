# METADATA
# title: Folders of the node in pods
# description: Workloads with a volume of the type hostPath.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.host_path
import rego.v1

deny contains finding if {
	some obj in input
	some volume in host_path.volumes(obj)
	message := sprintf("has %s of its node in volume %v", [volume.path, volume.name])
	finding := host_path.finding(obj, volume, message, "What the application does with these files decides what replaces them: an emptyDir, a claim, a ConfigMap or a projected volume.")
}
