# Generates C++ for the .proto files below proto/ and builds them as target attain_proto.
find_program(ATTAIN_GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

# attain_proto_library(attain_proto ROOT dir MESSAGES a.proto ... SERVICES b.proto ...)
function(attain_proto_library name)
  cmake_parse_arguments(ARG "" "ROOT" "MESSAGES;SERVICES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${out})
  set(generated "")
  foreach(proto IN LISTS ARG_MESSAGES ARG_SERVICES)
    string(REGEX REPLACE "\\.proto$" "" base ${proto})
    set(outputs ${out}/${base}.pb.cc ${out}/${base}.pb.h)
    set(flags --cpp_out=${out})
    if(proto IN_LIST ARG_SERVICES)
      list(APPEND outputs ${out}/${base}.grpc.pb.cc ${out}/${base}.grpc.pb.h)
      list(APPEND flags --grpc_out=${out} --plugin=protoc-gen-grpc=${ATTAIN_GRPC_CPP_PLUGIN})
    endif()
    set(all ${ARG_MESSAGES} ${ARG_SERVICES})
    list(TRANSFORM all PREPEND ${ARG_ROOT}/)
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND protobuf::protoc -I ${ARG_ROOT} ${flags} ${ARG_ROOT}/${proto}
      DEPENDS ${all}
      VERBATIM)
    list(APPEND generated ${outputs})
  endforeach()
  add_library(${name} STATIC ${generated})
  target_include_directories(${name} SYSTEM PUBLIC ${out})
  target_compile_options(${name} PRIVATE -w)
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf)
  if(ARG_SERVICES)
    target_link_libraries(${name} PUBLIC gRPC::grpc++)
  endif()
endfunction()
