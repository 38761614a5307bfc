# METADATA
# title: No CPU request
# description: Containers for which the scheduler reserves no CPU, because neither they nor their pod nor a LimitRange of their namespace request any.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, LimitRange]
package armo_builtins

import data.holdfast.lib.resource_amount
import rego.v1

deny contains finding if some finding in resource_amount.missing_requests("cpu")
