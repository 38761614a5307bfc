# METADATA
# title: No liveness probe
# description: Containers that nobody asks whether they still work.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.probe
import rego.v1

deny contains finding if {
	some obj in input
	some finding in probe.findings(obj, "livenessProbe", "how to ask the container whether it still works, so that it is restarted when it hangs: a path, a port or a command")
}
