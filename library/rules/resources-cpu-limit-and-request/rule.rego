# METADATA
# title: CPU requests and limits
# description: Containers without a CPU request or limit, or with one outside the bounds that the parameters set.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, LimitRange]
#   parameters: [cpu_request_max, cpu_request_min, cpu_limit_max, cpu_limit_min]
package armo_builtins

import data.holdfast.lib.resource_amount
import rego.v1

deny contains finding if some finding in resource_amount.findings("cpu")
