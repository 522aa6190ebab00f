#include <type_traits>

#include <chainfold/shape/extents.hpp>

namespace {

using namespace chainfold;

static_assert(extents<>::rank == 0 && extents<>::size == 1);
static_assert(extents<3>::rank == 1 && extents<3>::size == 3);
static_assert(extents<3, 2>::rank == 2 && extents<3, 2>::size == 6);

static_assert(shape<3, 2> == shape<3, 2> && !(shape<3, 2> == shape<2, 3>) && !(shape<3> == shape<3, 1>));
static_assert(shape<> == shape<> && shape<> != shape<1>);

// the same fact as a value and back
static_assert(dimensions_of(shape<>) == dimensions{} && dimensions_of(shape<>) == scalar_dimensions);
static_assert(dimensions_of(shape<3>) == vector_dimensions(3) && dimensions_of(shape<3, 2>) == matrix_dimensions(3, 2));
static_assert(!(vector_dimensions(3) == matrix_dimensions(3, 1)) && !(vector_dimensions(1) == scalar_dimensions));
static_assert(matrix_dimensions(3, 2).size() == 6 && scalar_dimensions.size() == 1);
static_assert(no_dimensions.rank < 0 && !(no_dimensions == scalar_dimensions));
static_assert(std::is_same_v<extents_of<scalar_dimensions>, extents<>>);
static_assert(std::is_same_v<extents_of<vector_dimensions(3)>, extents<3>>);
static_assert(std::is_same_v<extents_of<matrix_dimensions(3, 2)>, extents<3, 2>>);

}  // namespace
