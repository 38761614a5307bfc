# METADATA
# title: SSH servers in pods
# description: Finds workloads to whose pods a Service leads on a port of SSH.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob, Service]
package armo_builtins

import data.holdfast.lib.object_reference
import data.holdfast.lib.pod_labels
import data.holdfast.lib.service
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some one in input
	may_lead_to_ssh(one) # Mostly it doesn't: then its pods need not be looked for.
	some obj in service.behind(one)
	places := [i | some i, port in one.spec.ports; leads_to_ssh(obj, port)]
	count(places) > 0
	path := pod_labels.path(obj)
	finding := {
		"alertMessage": sprintf("%s leads to an SSH server in the pods of %s", [service.label(one), workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj], "externalObjects": object_reference.of(obj)},
		"failedPaths": [path],
		"reviewPaths": [path],
		"deletePaths": [],
		"fixPaths": [],
		"noFix": "Whether people need this way in can't be seen here: take the SSH server out of the image and its port out of the Service, and use kubectl exec, which asks who is there and writes it down.",
		"relatedObjects": [{"object": one, "failedPaths": [], "reviewPaths": [sprintf("spec.ports[%d]", [i]) | some i in places]}],
	}
}

may_lead_to_ssh(one) if {
	some port in one.spec.ports
	some field in ["port", "targetPort"]
	port[field] in ssh_ports
}

# The numbers of SSH, and the names that containers of any pod have for these.
ssh_ports := numbers | {declared.name |
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some container in spec[list]
	some declared in container.ports
	ssh(declared.containerPort)
}

leads_to_ssh(_, port) if ssh(port.port)

leads_to_ssh(_, port) if ssh(port.targetPort)

# A name is the one of a container's port.
leads_to_ssh(obj, port) if {
	spec := workload.pod_spec(obj)
	some list in workload.lasting_lists
	some container in spec[list]
	some declared in container.ports
	declared.name == port.targetPort
	ssh(declared.containerPort)
}

ssh(port) if port in numbers

numbers := {22, 2222, "22", "2222"}
