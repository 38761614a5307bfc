# METADATA
# title: What is judged
# description: Workloads with an image, if registries say of all their images whether they are signed.
# scope: package
package armo_builtins

import data.holdfast.lib.image_signature
import rego.v1

deny contains {"alertObject": {"k8sApiObjects": [obj]}} if {
	some obj in input
	places := image_signature.places(obj)
	count(places) > 0
	every place in places {
		is_boolean(cosign.has_signature(place.container.image))
	}
}
