using GeminiBalance.Gateway.Settings;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Gateway.Images;

/// <summary>Gives the pictures of chat answers to the configured host, before the answer is translated: what is kept becomes an address.</summary>
internal sealed class AnswerPictures(PictureHosting hosting)
{
    /// <summary>What to do with each answer, or each event of a stream; null when pictures are kept nowhere.</summary>
    public Func<GenerateContentResponse, ValueTask>? For(HttpContext context, GatewaySettings settings)
    {
        if (!hosting.IsConfigured(settings))
        {
            return null;
        }

        var own = PictureAddress.Of(context.Request, settings);
        return answer => KeepAsync(answer, settings, own, context.RequestAborted);
    }

    private static bool IsPicture(ResponsePart? part) => part is { InlineData: { Data.IsEmpty: false, MimeType: { } type } }
        && part.Thought is not true && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    private ValueTask KeepAsync(GenerateContentResponse answer, GatewaySettings settings, Uri own, CancellationToken client)
    {
        List<ResponsePart>? pictures = null;
        foreach (var candidate in answer.Candidates ?? [])
        {
            foreach (var part in candidate?.Content?.Parts ?? [])
            {
                if (IsPicture(part))
                {
                    (pictures ??= []).Add(part!);
                }
            }
        }

        return pictures is null ? ValueTask.CompletedTask : new ValueTask(Task.WhenAll(pictures.Select(part => KeepAsync(part, settings, own, client))));
    }

    private async Task KeepAsync(ResponsePart part, GatewaySettings settings, Uri own, CancellationToken client)
    {
        var picture = part.InlineData!;
        if (await hosting.KeepAsync(picture.MimeType!, picture.Data, settings, own, client) is { } address)
        {
            part.FileData = new ResponseFile { MimeType = picture.MimeType, FileUri = address.AbsoluteUri };
            part.InlineData = null;
        }
    }
}
