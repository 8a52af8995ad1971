using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Images;

/// <summary>Reads the pictures of one upstream call. Pictures withheld by a filter are an answer: another key would withhold them too.</summary>
/// <param name="isPrediction">Whether it is Imagen's answer.</param>
internal sealed class ImageReceiver(bool isPrediction) : IAnswerReceiver
{
    public bool HasCommitted => false;

    /// <summary>What came, once the call has succeeded.</summary>
    public ImageHarvest? Harvest { get; private set; }

    public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
    {
        if (!isPrediction)
        {
            var chat = new ChatReceiver();
            var outcome = await chat.ReceiveAsync(answer);
            Harvest = chat.Answer is { } read ? ImageHarvest.Of(read) : null;
            return outcome;
        }

        using var buffer = AnswerBody.Rent(answer);
        return await AnswerBody.ReadAsync(answer, buffer) ?? Judge(buffer.Written.Span);
    }

    private CallOutcome Judge(ReadOnlySpan<byte> body)
    {
        try
        {
            Harvest = ImageHarvest.Of(GeminiAnswerReader.ReadPrediction(body));
        }
        catch (MalformedAnswerException)
        {
            return BrokenAnswer.Of(CallFault.Malformed);
        }

        return Harvest.Images.Count > 0 || Harvest.Withheld is not null
            ? new(CallOutcomeKind.Succeeded)
            : BrokenAnswer.Of(CallFault.Empty);
    }
}
