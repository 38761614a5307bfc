# METADATA
# title: Objects by name
# description: Finds the objects of the input by kind, namespace and name, at the same cost however many there are.
package holdfast.lib.named_object

import data.holdfast.lib.workload
import rego.v1

# The objects of that name; more than one where the same object was read twice.
objects(kind, namespace, name) := [input[place] | some place in places(kind, namespace, name)]

# Whether there is an object of that name.
exists(kind, namespace, name) if count(places(kind, namespace, name)) > 0

places(kind, namespace, name) := object.get(workload_places, key(kind, namespace, name), []) if kind in workload.kinds

else := object.get(other_places, key(kind, namespace, name), [])

# Complete documents, so that they are made once and not name by name. Workloads, of which there are many, are seldom asked for by name.
workload_places := collected_workloads

other_places := collected

collected_workloads[key(obj.kind, workload.namespace(obj), obj.metadata.name)] contains place if {
	some place, obj in input
	obj.kind in workload.kinds
}

collected[key(obj.kind, workload.namespace(obj), obj.metadata.name)] contains place if {
	some place, obj in input
	not obj.kind in workload.kinds
}

key(kind, namespace, name) := sprintf("%v %v/%v", [kind, namespace, name])
