namespace GeminiBalance.Gateway.CallLog;

/// <summary>One counter: what to add, and where.</summary>
internal readonly record struct CallCount(CallCell Cell, CallSums Sums);
