using System.Text;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Gateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GeminiBalance.Gateway.Resources;

/// <summary>POST <c>files</c> in OpenAI's dialect: a form, whose file is passed on while it comes.</summary>
internal sealed class OpenAIUpload(OpenAIUploadCall upload, ResourceExchange exchange, OpenAINotes notes, TimeProvider time)
{
    private const int FieldCharsMax = 256;

    public async Task HandleAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= Limits.FormBoundaryCharsMax } boundary)
        {
            throw new ClientErrorException(ClientError.InvalidRequest("The body must be multipart/form-data.", "file"));
        }

        UploadEndpoint.AllowUpload(context);
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        string? purpose = null;
        OpenAIUploadResult? sent = null;
        var parts = 0;
        try
        {
            var reader = new MultipartReader(boundary.ToString(), context.Request.Body);
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                if (++parts > Limits.FormFieldsMax)
                {
                    throw new ClientErrorException(ClientError.InvalidRequest($"The form has more than {Limits.FormFieldsMax} fields.", "file"));
                }

                var disposition = section.GetContentDispositionHeader();
                switch (HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString())
                {
                    case "purpose":
                        purpose = await ReadPurposeAsync(section, context.RequestAborted);
                        break;
                    case "file" when sent is null:
                        sent = await upload.RunAsync(context, section, FileNameOf(disposition!), purpose, receiver);
                        if (sent.Call.Failure is not null)
                        {
                            await CallFailureAnswer.WriteAsync(context, Face.OpenAI, sent.Call, ResourceCollection.Files);
                            return;
                        }

                        break;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested))
        {
            throw new ClientErrorException(ClientError.InvalidRequest("The form could not be read.", "file"));
        }

        if (sent is null)
        {
            throw new ClientErrorException(ClientError.InvalidRequest("The form has no 'file'.", "file"));
        }

        await FinishAsync(context, sent, receiver, purpose);
    }

    private async Task FinishAsync(HttpContext context, OpenAIUploadResult sent, BufferedReceiver receiver, string? purpose)
    {
        if (AnsweredResource.Read(receiver.Body.ToArray()) is not { } file)
        {
            throw new ClientErrorException(new ClientError(
                StatusCodes.Status502BadGateway, "UNAVAILABLE", "server_error", "upstream_interrupted", "The upstream's answer names no file."));
        }

        var made = OpenAINotes.Made(file.Name, sent.Call.KeyId!.Value, ClientIdentity.Of(context).ClientId, time.GetUtcNow(), file.ExpiresAt);
        var problem = purpose is null ? ClientError.InvalidRequest("The form has no 'purpose'.", "purpose")
            : !OpenAIFileObject.Purposes.Contains(purpose) ? ClientError.InvalidRequest($"purpose must be one of {string.Join(", ", OpenAIFileObject.Purposes)}.", "purpose")
            : purpose == OpenAIFileObject.Batch && sent.Note.UpstreamModel is null
                ? ClientError.InvalidRequest("The input of a batch is a file with the ending .jsonl, of one request with custom_id, method, url and body in each line.", "file")
            : null;
        if (problem is not null)
        {
            await RemoveAsync(context, sent.Delete(file.Name), file.Name, made);
            throw new ClientErrorException(problem);
        }

        var note = sent.Note with { Purpose = purpose };
        await notes.SaveAsync(made, note, CancellationToken.None);
        await OpenAIJson.WriteAsync(context, json => OpenAIFileObject.Write(json, file.Json, note));
    }

    // The form said too late what it is about.
    private async ValueTask RemoveAsync(HttpContext context, UpstreamCall call, ResourceName name, OwnedResource made)
    {
        using var receiver = new BufferedReceiver(AnswerContract.GeminiOther);
        await exchange.RunAsync(call, receiver, (name, made), context.RequestAborted);
    }

    private static async ValueTask<string> ReadPurposeAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(section.Body, Encoding.UTF8);
        var buffer = new char[FieldCharsMax];
        return new string(buffer, 0, await text.ReadBlockAsync(buffer, cancellationToken)).Trim();
    }

    private static string FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        return name.Length is > 0 and <= FieldCharsMax ? name : "file";
    }
}
