# Figures about measurements: sums, extremes, and how many lie in each class.
package stress

values := [sample.value | some sample in input.samples]

mean := sum(values) / count(values)

classes := {class: number |
	some class in numbers.range(0, 9)
	number := count([1 | some value in values; floor(value / 100) == class])
}

result := {
	"mean": round(mean),
	"least": min(values),
	"most": max(values),
	"classes": classes,
	"above": count({sample.id | some sample in input.samples; sample.value > mean}),
	"ordered": array.slice(sort(values), 0, 20),
}
