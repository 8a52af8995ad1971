using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GeminiBalance.FakeGemini;

/// <summary>One session: the setup, then turns. Messages of the server are binary frames of indented JSON, as recorded.</summary>
internal sealed partial class LiveSession(
    WebSocket socket, FakeCall call, ConcurrentDictionary<string, (string Key, int Turns)> handles, AnswerIds ids, FakeStats stats, CancellationToken end)
{
    private const int MessageBytesMax = 64 * 1024 * 1024;
    private bool hasHandles;
    private bool isAudio;
    private int turns;

    public async Task RunAsync(FakeError? refusal, Func<FakeCall, (int Code, string Reason)?> admit)
    {
        if (refusal is not null)
        {
            await CloseAsync(refusal.Message.StartsWith("API key", StringComparison.Ordinal) ? 1007 : 1008, refusal.Message);
            return;
        }

        using (var setup = await ReceiveAsync())
        {
            if (setup is null || !setup.RootElement.TryGetProperty("setup", out var body) || !body.TryGetProperty("model", out var model))
            {
                await CloseAsync(1007, "setup must be the first message and only the first.");
                return;
            }

            call.Model = model.GetString()!.Replace("models/", "", StringComparison.Ordinal);
            if (admit(call) is { } refused)
            {
                await CloseAsync(refused.Code, refused.Reason);
                return;
            }

            if (!Resume(body))
            {
                await CloseAsync(1008, "BidiGenerateContent session not found");
                return;
            }
        }

        await SendAsync(writer => writer.WriteStartObject("setupComplete"));
        while (await ReceiveAsync() is { } message)
        {
            using (message)
            {
                if (!await AnswerAsync(message.RootElement))
                {
                    return;
                }
            }
        }
    }

    private bool Resume(JsonElement setup)
    {
        isAudio = setup.TryGetProperty("generationConfig", out var config) && config.TryGetProperty("responseModalities", out var modalities) && modalities.GetRawText().Contains("AUDIO", StringComparison.Ordinal);
        if (!setup.TryGetProperty("sessionResumption", out var resumption))
        {
            return true;
        }

        hasHandles = true;
        if (!resumption.TryGetProperty("handle", out var handle))
        {
            return true;
        }

        var isKnown = handles.TryGetValue(handle.GetString()!, out var state) && state.Key == call.Key;
        turns = state.Turns;
        return isKnown;
    }

    /// <returns>False when the session is over.</returns>
    private async Task<bool> AnswerAsync(JsonElement message)
    {
        var text = TextOf(message);
        if (text is null)
        {
            return true; // Sound on its way in, or a word about activity.
        }

        if (CloseDirective().Match(text) is { Success: true } close)
        {
            await CloseAsync(int.Parse(close.Groups["code"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), close.Groups["reason"].Value.Replace("$KEY", call.Key, StringComparison.Ordinal));
            return false;
        }

        turns++;
        await SendAsync(writer => WriteTurn(writer, $"Echo {turns}: {text}"));
        await SendAsync(writer =>
        {
            writer.WriteStartObject("serverContent");
            writer.WriteBoolean("generationComplete", true);
            writer.WriteEndObject();
        });
        await SendAsync(writer => WriteUsage(writer, TokenCounter.Count(text)));
        if (hasHandles)
        {
            var handle = $"Handle-{ids.NextCallId()}";
            handles[handle] = (call.Key, turns);
            await SendAsync(writer =>
            {
                writer.WriteStartObject("sessionResumptionUpdate");
                writer.WriteString("newHandle", handle);
                writer.WriteBoolean("resumable", true);
                writer.WriteEndObject();
            });
        }

        return true;
    }

    private static string? TextOf(JsonElement message)
    {
        if (message.TryGetProperty("clientContent", out var content))
        {
            return content.TryGetProperty("turns", out var list) && (!content.TryGetProperty("turnComplete", out var complete) || complete.GetBoolean())
                ? string.Concat(list.EnumerateArray().Last().GetProperty("parts").EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : ""))
                : null;
        }

        if (message.TryGetProperty("toolResponse", out var results))
        {
            return results.GetProperty("functionResponses").GetRawText();
        }

        return message.TryGetProperty("realtimeInput", out var input)
            ? input.TryGetProperty("text", out var typed) ? typed.GetString() : input.TryGetProperty("audioStreamEnd", out _) ? "(sound)" : null
            : null;
    }

    private void WriteTurn(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject("serverContent");
        writer.WriteStartObject("modelTurn");
        writer.WriteStartArray("parts");
        writer.WriteStartObject();
        if (isAudio)
        {
            writer.WriteStartObject("inlineData");
            writer.WriteString("mimeType", "audio/pcm;rate=24000");
            writer.WriteBase64String("data", Encoding.UTF8.GetBytes(text));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("text", text);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteUsage(Utf8JsonWriter writer, long prompt)
    {
        stats.Tokens(prompt, 2);
        writer.WriteStartObject("serverContent");
        writer.WriteBoolean("turnComplete", true);
        writer.WriteEndObject();
        writer.WriteStartObject("usageMetadata");
        writer.WriteNumber("promptTokenCount", prompt);
        writer.WriteNumber("responseTokenCount", 2);
        writer.WriteNumber("totalTokenCount", prompt + 2);
        writer.WriteEndObject();
    }

    private Task SendAsync(Action<Utf8JsonWriter> write) => socket.SendAsync(
        GoogleJson.Pretty(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            while (writer.CurrentDepth > 0)
            {
                writer.WriteEndObject();
            }
        }),
        WebSocketMessageType.Binary,
        endOfMessage: true,
        end);

    private async Task<JsonDocument?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), end);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(1000, "");
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (message.Length > MessageBytesMax)
            {
                await CloseAsync(1009, "Message too large.");
                return null;
            }

            if (received.EndOfMessage)
            {
                return JsonDocument.Parse(message.ToArray());
            }
        }
    }

    private async Task CloseAsync(int code, string reason)
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason.Length > 123 ? reason[..123] : reason, end);
        var buffer = new byte[1024];
        while (socket.State == WebSocketState.CloseSent && (await socket.ReceiveAsync(buffer.AsMemory(), end)).MessageType != WebSocketMessageType.Close)
        {
            // What was on its way is read and dropped.
        }
    }

    [GeneratedRegex(@"\[\[close (?<code>\d{4}) ?(?<reason>[^\]]*)\]\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CloseDirective();
}
