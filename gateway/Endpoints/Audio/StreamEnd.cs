using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>Tells a client how a stream of one upstream call ended, where it did not end well.</summary>
internal static class StreamEnd
{
    /// <param name="writer">The client's side.</param>
    /// <param name="receiver">What read the upstream.</param>
    /// <param name="result">How the call ended. A failure before the first byte is left to the caller.</param>
    /// <param name="model">The model in the client's own spelling.</param>
    /// <param name="refused">Makes an error of a refusal.</param>
    /// <exception cref="ClientErrorException">The answer was refused before the first byte.</exception>
    public static async ValueTask TellAsync(
        ChatStreamWriter writer, ChatStreamReceiver receiver, CallResult result, string model, Func<string, ClientError> refused)
    {
        if (result.Failure is { } failure && writer.HasStarted)
        {
            await writer.InterruptAsync((receiver.HasCommitted ? receiver.Error : null) ?? CallFailureAnswer.Explain(failure, model));
        }
        else if (result.Failure is null && receiver.Refusal is { } refusal)
        {
            if (!writer.HasStarted)
            {
                throw new ClientErrorException(refused(refusal));
            }

            await writer.InterruptAsync(refused(refusal));
        }
    }
}
