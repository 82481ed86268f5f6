# The part of Node's own common.gypi that an addon in plain C and C++ needs: building from the Node-API headers
# alone, with no copy of Node's sources or headers on the machine.
{
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': { 'Release': {}, 'Debug': {} },
    'cflags': ['-fPIC', '-pthread', '-m64'],
    'cflags_cc': ['-fno-rtti', '-fno-exceptions', '-fno-strict-aliasing'],
    'ldflags': ['-pthread', '-m64'],
  },
}
