using System.Diagnostics;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>How attempts end whose answer was none.</summary>
internal static class BrokenAnswer
{
    public static CallOutcome Of(CallFault fault) => Of(fault, CallOutcomeKind.UpstreamBroken);

    /// <param name="fault">What was wrong with the answer.</param>
    /// <param name="kind">Why it could not be read.</param>
    public static CallOutcome Of(CallFault fault, CallOutcomeKind kind) => new(kind)
    {
        Fault = fault,
        Detail = fault switch
        {
            CallFault.Empty => "empty answer",
            CallFault.MalformedCall => "empty answer (MALFORMED_FUNCTION_CALL)",
            CallFault.Unfinished => "answer without an end",
            CallFault.Cut => "answer broke off",
            CallFault.Malformed => "answer is not JSON",
            CallFault.TooLarge => "answer too large",
            CallFault.Incomplete => "part of the answer is missing",
            CallFault.Error => "error with a status of success",
            _ => throw new UnreachableException($"{fault} is no fault of an answer."),
        },
    };
}
