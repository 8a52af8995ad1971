using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>
/// Reads one body in one pass. Own code around <see cref="Utf8JsonReader"/> instead of converters, because an error must name its field and
/// <see cref="JsonException.Path"/> is lost where one converter calls another; it also leaves schemas unread, as slices of the body.
/// </summary>
internal ref struct WireReader
{
    private readonly ReadOnlyMemory<byte> body;
    private Utf8JsonReader json;

    public WireReader(ReadOnlyMemory<byte> body, int depthMax = RequestLimits.JsonDepthMax)
    {
        this.body = body;
        json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = depthMax });
    }

    public delegate T ItemReader<out T>(ref WireReader reader);

    public readonly JsonTokenType Token => json.TokenType;

    /// <summary>Byte at which the current token starts.</summary>
    public readonly long Position => json.TokenStartIndex;

    /// <summary>Byte behind the current token.</summary>
    public readonly int Consumed => (int)json.BytesConsumed;

    [DoesNotReturn]
    public static void Fail(string complaint, string? member = null, long? position = null) => throw new WireFormatException(complaint, member, position);

    public void Read() => json.Read();

    /// <summary>Moves to the next member of the object the reader is in.</summary>
    public bool NextMember()
    {
        json.Read();
        return json.TokenType is JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next value of the array the reader is in.</summary>
    public bool NextItem()
    {
        json.Read();
        return json.TokenType is not JsonTokenType.EndArray;
    }

    /// <summary>Whether the current member's name, or the current string, is this.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name)
    {
        try
        {
            return json.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            throw new WireFormatException("is not valid Unicode text.");
        }
    }

    /// <summary>Passes over the current value, or over the value of the current member.</summary>
    public void Skip() => json.Skip();

    /// <summary>The current string.</summary>
    public readonly string String()
    {
        if (json.TokenType is not JsonTokenType.String)
        {
            Fail("must be a string.");
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new WireFormatException("is not valid Unicode text.");
        }
    }

    /// <summary>The string of the current member, or null.</summary>
    public string? Text()
    {
        json.Read();
        return json.TokenType is JsonTokenType.Null ? null : String();
    }

    /// <summary>The boolean of the current member; some clients send it as text.</summary>
    public bool? Flag()
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
            case JsonTokenType.String when Is("true"u8):
                return true;
            case JsonTokenType.False:
            case JsonTokenType.String when Is("false"u8):
                return false;
            default:
                throw new WireFormatException("must be true or false.");
        }
    }

    public double? Number()
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType is JsonTokenType.Number && json.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        throw new WireFormatException("must be a number.");
    }

    /// <summary>The whole number of the current member; <c>5.0</c> is one.</summary>
    public int? Integer() => Number() switch
    {
        null => null,
        { } value when Math.Floor(value) == value && value is >= int.MinValue and <= int.MaxValue => (int)value,
        _ => throw new WireFormatException("must be a whole number of 32 bits."),
    };

    /// <summary>Enters the object of the current member; false for null.</summary>
    public bool EnterObject()
    {
        json.Read();
        return AtObject();
    }

    /// <summary>Whether the current value is an object; null is not, anything else is an error.</summary>
    public readonly bool AtObject()
    {
        if (json.TokenType is JsonTokenType.Null)
        {
            return false;
        }

        return json.TokenType is JsonTokenType.StartObject ? true : throw new WireFormatException("must be an object.");
    }

    /// <summary>Enters the object of the current member, or passes over anything else: for extensions that others define.</summary>
    public bool EnterObjectOrSkip()
    {
        json.Read();
        if (json.TokenType is JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        return false;
    }

    /// <summary>The array of the current member; null when it is null.</summary>
    public List<T>? List<T>(ItemReader<T> item, int itemsMax)
    {
        json.Read();
        return json.TokenType is JsonTokenType.Null ? null : Items(item, itemsMax);
    }

    /// <summary>The array the reader stands at.</summary>
    public List<T> Items<T>(ItemReader<T> item, int itemsMax)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            Fail("must be an array.");
        }

        var start = Position;
        var items = new List<T>();
        while (NextItem())
        {
            if (items.Count == itemsMax)
            {
                Fail($"has more than {itemsMax} entries.", position: start);
            }

            items.Add(item(ref this));
        }

        return items;
    }

    /// <summary>The value of the current member, unread but checked; null when it is null.</summary>
    public RawJson? Raw()
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        var start = (int)json.TokenStartIndex;
        if (!JsonScan.PassValue(ref json))
        {
            Fail("holds a number out of range or text that is not valid Unicode.", position: start);
        }

        return new RawJson(body[start..(int)json.BytesConsumed]);
    }

    /// <summary>The value that was just read to its end, as it came.</summary>
    /// <param name="from">A byte before the value with nothing but white space between.</param>
    public readonly RawJson Slice(int from)
    {
        var value = body[from..Consumed];
        return new RawJson(value[value.Span.IndexOfAnyExcept(" \t\r\n"u8)..]);
    }

    /// <summary>The object of the current member, unread but checked; null when it is null.</summary>
    public RawJson? RawObject()
    {
        var value = Raw();
        return value is null || value.Value.Utf8.Span[0] == '{' ? value : throw new WireFormatException("must be an object.");
    }
}
