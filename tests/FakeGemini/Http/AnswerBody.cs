using System.Buffers;
using Microsoft.AspNetCore.Connections.Features;

namespace GeminiBalance.FakeGemini;

/// <summary>Sends an answer, and on the way does to it what the knobs ask for.</summary>
internal sealed class AnswerBody(FakeCall call, TimeProvider time, CancellationToken stopping)
{
    private static readonly string[] Vary = ["Origin", "X-Origin", "Referer"];
    private readonly HttpResponse response = call.Context.Response;
    private readonly Knob? knob = call.Knob;
    private long sent;
    private int events;

    /// <summary>Whether the knobs ended the answer early.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sends a whole answer.</summary>
    public async Task SendAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        if (!await StartAsync(status, contentType, body.Length))
        {
            return;
        }

        await WriteAsync(body);
    }

    /// <summary>Sets the headers; false when the connection was cut instead.</summary>
    public async ValueTask<bool> StartAsync(int status, string contentType, long? length)
    {
        if (knob is { CutAfterByte: 0 } or { CutAfterEvent: 0 })
        {
            await CutAsync();
            return false;
        }

        if (knob is { StallAfterByte: 0 } or { StallAfterEvent: 0 })
        {
            await StallAsync();
        }

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
        var headers = response.Headers;
        headers.Vary = Vary;
        headers.Server = "scaffolding on HTTPServer2";
        headers.XXSSProtection = "0";
        headers.XFrameOptions = "SAMEORIGIN";
        headers.XContentTypeOptions = "nosniff";
        headers["Server-Timing"] = "gfet4t7; dur=12";
        headers.AltSvc = "h3=\":443\"; ma=2592000,h3-29=\":443\"; ma=2592000";
        return true;
    }

    /// <summary>Sends one event of a stream; nothing once the answer is over.</summary>
    public async ValueTask WriteEventAsync(ReadOnlyMemory<byte> bytes)
    {
        if (IsOver)
        {
            return;
        }

        if (knob is not null)
        {
            await DelayAsync((events > 0 ? knob.EventDelayMs ?? 0 : 0) + (knob.DelayAtEvent == events ? knob.DelayMs ?? 0 : 0));
        }

        await WriteAsync(bytes);
        events++;
        if (knob is not null && !IsOver)
        {
            await AfterEventAsync(knob);
        }
    }

    /// <summary>Waits on the fake's clock, unless the client leaves.</summary>
    public async ValueTask DelayAsync(double milliseconds)
    {
        if (milliseconds > 0)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, stopping);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, either.Token);
        }
    }

    private async ValueTask AfterEventAsync(Knob knob)
    {
        if (knob.CutAfterEvent == events)
        {
            await CutAsync();
        }
        else if (knob.StallAfterEvent == events)
        {
            await StallAsync();
        }
        else if (knob.ErrorAfterEvent == events)
        {
            await WriteAsync(StreamError(knob));
            IsOver = true;
        }
    }

    // Recorded: a bare object in the middle of the events, without "data:".
    private byte[] StreamError(Knob knob)
    {
        var error = FakeErrors.Create(knob.StreamError ?? FakeErrorKind.Cancelled, call, knob);
        if (call.InteractionPath is not null)
        {
            return InteractionErrors.ToEvent(error);
        }

        if (call.IsArrayStream)
        {
            return [.. ",\r\n"u8, .. error.ToBytes(inArray: false), .. "]"u8];
        }

        return knob.StreamErrorAsData == true ? [.. "data: "u8, .. error.ToLine(), .. "\r\n\r\n"u8] : error.ToBytes(inArray: false);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (knob is null or { DelayAtByte: null, CutAfterByte: null, StallAfterByte: null, PieceBytes: null })
        {
            await FlushAsync(bytes);
            return;
        }

        while (bytes.Length > 0 && !IsOver)
        {
            if (knob.DelayAtByte == sent)
            {
                await DelayAsync(knob.DelayMs ?? 0);
            }

            var size = (int)Math.Min(bytes.Length, NextStop(knob) - sent);
            await FlushAsync(bytes[..size]);
            bytes = bytes[size..];
            if (knob.CutAfterByte == sent)
            {
                await CutAsync();
            }
            else if (knob.StallAfterByte == sent)
            {
                await StallAsync();
            }
        }
    }

    private long NextStop(Knob knob)
    {
        var stop = knob.PieceBytes is { } piece ? sent + Math.Max(1, piece) : long.MaxValue;
        foreach (var at in (ReadOnlySpan<long?>)[knob.DelayAtByte, knob.CutAfterByte, knob.StallAfterByte])
        {
            stop = at > sent ? Math.Min(stop, at.Value) : stop;
        }

        return stop;
    }

    private async ValueTask FlushAsync(ReadOnlyMemory<byte> bytes)
    {
        response.BodyWriter.Write(bytes.Span);
        sent += bytes.Length;

        // The last bytes go when the handler is done, so that a client that holds a whole answer finds it counted.
        if (sent != response.ContentLength)
        {
            await response.BodyWriter.FlushAsync(call.Aborted);
        }
    }

    private async ValueTask StallAsync()
    {
        if (sent > 0)
        {
            await response.BodyWriter.FlushAsync(call.Aborted);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token);
    }

    // The end of the stream without its last chunk, then the connection: what was written arrives, nothing more does.
    private async ValueTask CutAsync()
    {
        (IsOver, call.WasCut) = (true, true);
        if (sent > 0)
        {
            await response.BodyWriter.FlushAsync(call.Aborted);
        }

        call.Context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        call.Context.Abort();
    }
}
