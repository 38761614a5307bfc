# METADATA
# title: Objects by name
# description: Finds the objects of the input by kind, namespace and name, at the same cost however many there are.
package holdfast.lib.named_object

import data.holdfast.lib.workload
import rego.v1

# The objects of that name; more than one where the same object was read twice.
objects(kind, namespace, name) := [input[place] | some place in object.get(places, key(kind, namespace, name), [])]

# Whether there is an object of that name.
exists(kind, namespace, name) if count(object.get(places, key(kind, namespace, name), [])) > 0

# A complete document, so that it is made once and not name by name.
places := collected

collected[key(obj.kind, workload.namespace(obj), obj.metadata.name)] contains place if some place, obj in input

key(kind, namespace, name) := sprintf("%v %v/%v", [kind, namespace, name])
