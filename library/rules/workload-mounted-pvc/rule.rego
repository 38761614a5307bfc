# METADATA
# title: Mounted persistent volumes
# description: Finds the containers that mount a PersistentVolumeClaim of their namespace.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, PersistentVolumeClaim]
package armo_builtins

import data.holdfast.lib.mounted_object
import rego.v1

deny contains finding if {
	some obj in input
	some mount in mounted_object.mounts(obj, "PersistentVolumeClaim")
	finding := mounted_object.finding(obj, mount, "Whether the application keeps its data there can't be seen here. Where it doesn't, remove the mount and the volume; where it only reads, mount it with readOnly.")
}
